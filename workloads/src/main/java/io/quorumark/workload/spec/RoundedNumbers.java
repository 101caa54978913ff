package io.quorumark.workload.spec;

import java.util.Locale;

/** Numbers in sentences, of any size: rates, seconds. */
public final class RoundedNumbers {
    private RoundedNumbers() {}

    /** {@code 21,080} from a hundred on, {@code 0.250} below. */
    public static String text(double number) {
        return String.format(Locale.ROOT, number >= 100 ? "%,.0f" : "%.3g", number);
    }
}
