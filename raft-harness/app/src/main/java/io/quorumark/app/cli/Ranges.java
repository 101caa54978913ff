package io.quorumark.app.cli;

import io.quorumark.campaign.support.UsageError;

/** Refuses numbers of the command line that are out of range, before anything has begun. */
final class Ranges {
    private Ranges() {}

    /** @param option with its dashes */
    static void require(String option, int value, int least, int most) {
        require(option, value, least, most, "");
    }

    /** @param unit of the value; empty for a count */
    static void require(String option, int value, int least, int most, String unit) {
        if (value < least || value > most) {
            throw new UsageError(option + " is " + value + ", expected " + least + " to " + most
                    + (unit.isEmpty() ? "" : " " + unit));
        }
    }
}
