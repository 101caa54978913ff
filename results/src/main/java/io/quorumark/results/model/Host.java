package io.quorumark.results.model;

import java.util.List;

/**
 * Where it ran. Two campaigns are comparable only if {@link #fingerprint()} agrees.
 *
 * @param fingerprint a hash of the fields that decide performance: twelve hexadecimal digits
 * @param cpuModel as the kernel names it
 * @param cpuCount processors this process may use
 * @param memoryBytes installed
 * @param os name and version of the operating system's kernel
 * @param architecture such as {@code amd64}
 * @param dataFilesystem type of the filesystem that holds the data, such as {@code ext4}
 * @param dataDevice the device under it
 * @param mountOptions of that filesystem
 * @param warnings what makes this host a poor place to measure, in sentences
 */
public record Host(
        String fingerprint,
        String cpuModel,
        int cpuCount,
        long memoryBytes,
        String os,
        String architecture,
        String dataFilesystem,
        String dataDevice,
        String mountOptions,
        List<String> warnings) {

    public Host {
        warnings = List.copyOf(warnings);
    }
}
