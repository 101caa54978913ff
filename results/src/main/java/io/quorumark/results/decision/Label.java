package io.quorumark.results.decision;

/** What may be said of the option in front. */
public enum Label {
    /** It stays in front under all that was varied; a record may name it as the outcome. */
    ROBUST("robust"),
    /** It leads, and something that was varied takes the lead from it. */
    FRAGILE("fragile"),
    /** Another option's score lies within the plan's band of its own. */
    TIE("tie"),
    /** Gates or evidence are missing, so that nobody can be named. */
    OPEN("open");

    private final String word;

    Label(String word) {
        this.word = word;
    }

    /** As documents write it. */
    public String word() {
        return word;
    }
}
