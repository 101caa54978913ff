package io.quorumark.report.adr;

/** What a decision between engines can turn on. */
public enum AdrDriver {
    THROUGHPUT("throughput", "Throughput", "acknowledged operations per second; more is better"),
    P99("p99", "Tail latency", "99th percentile of response time; less is better"),
    CPU("cpu", "Processor time", "processor time of all members per acknowledged operation; less is better"),
    DISK("disk", "Disk space", "allocated blocks of all members at the end of a trial; less is better"),
    WRITES("writes", "Bytes written", "bytes handed to the block layer per acknowledged operation; less is better"),
    CRASH_SAFETY(
            "crash-safety",
            "Crash safety",
            "what a write that this engine itself acknowledged survives: POWER_LOSS 1, PROCESS_CRASH 0.5, NONE 0");

    private final String key;
    private final String title;
    private final String meaning;

    AdrDriver(String key, String title, String meaning) {
        this.key = key;
        this.title = title;
        this.meaning = meaning;
    }

    /** In a weights file. */
    public String key() {
        return key;
    }

    public String title() {
        return title;
    }

    /** How it is measured, and which direction is better. */
    public String meaning() {
        return meaning;
    }
}
