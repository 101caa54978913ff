package io.quorumark.report.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes measured values to three significant digits with a unit, independent of the locale. A value that is not finite is written as
 * {@link #ABSENT}.
 */
public final class Figures {

    /** Stands if there is no number. */
    public static final String ABSENT = "–";

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final MathContext NINE_DIGITS = new MathContext(9, RoundingMode.HALF_EVEN);
    private static final String[] RATE_UNITS = {"", " k", " M", " G"};
    private static final String[] TIME_UNITS = {" ns", " µs", " ms", " s"};
    private static final String[] BYTE_UNITS = {" B", " KiB", " MiB", " GiB", " TiB"};

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Figures() {}

    /** {@code 2026-11-20 22:06 UTC}. */
    public static String minute(Instant instant) {
        return MINUTE.format(instant);
    }

    /** {@code 39120} as {@code 39.1 k}; the unit itself stands in the column's head. */
    public static String rate(double perSecond) {
        return scaled(perSecond, 1000, RATE_UNITS);
    }

    /** {@code 39120} as {@code 39.1 k ops/s}. */
    public static String perSecond(double perSecond) {
        return Double.isFinite(perSecond) ? rate(perSecond) + " ops/s" : ABSENT;
    }

    /** {@code 1240} as {@code 1.24 ms}. */
    public static String micros(double micros) {
        return scaled(micros * 1000, 1000, TIME_UNITS);
    }

    /** {@code 29500} as {@code 29.5 µs}. */
    public static String nanos(double nanos) {
        return scaled(nanos, 1000, TIME_UNITS);
    }

    /** {@code 8500} as {@code 8.30 KiB}. */
    public static String bytes(double bytes) {
        return scaled(bytes, 1024, BYTE_UNITS);
    }

    /** {@code 1.2432} as {@code 1.24×}. */
    public static String ratio(double ratio) {
        return Double.isFinite(ratio) ? significant(ratio) + "×" : ABSENT;
    }

    /** {@code 0.052} as {@code 5.2 %}. */
    public static String percent(double share) {
        return Double.isFinite(share) ? fixed(share * 100, 1) + " %" : ABSENT;
    }

    /** What an interval attains, rounded down so that no more is claimed: {@code 0.9375} as {@code 93 %}. */
    public static String confidence(double attained) {
        return Double.isFinite(attained) ? (int) Math.floor(100 * attained + 1e-9) + " %" : ABSENT;
    }

    /** With this many digits after the point, without trailing zeros: for coordinates, percentiles and settings. */
    public static String fixed(double value, int digits) {
        if (!Double.isFinite(value)) {
            return ABSENT;
        }
        BigDecimal rounded = BigDecimal.valueOf(value)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /** Three significant digits, trailing zeros kept: {@code 1.20}, {@code 152}, {@code 1520}. */
    public static String significant(double value) {
        if (!Double.isFinite(value)) {
            return ABSENT;
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(THREE_DIGITS);
        int digitsBeforePoint = rounded.precision() - rounded.scale();
        return rounded.setScale(Math.max(0, 3 - digitsBeforePoint), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** For programs: up to nine significant digits, no exponent, no grouping; {@code NaN} if it is not finite. */
    public static String plain(double value) {
        if (!Double.isFinite(value)) {
            return "NaN";
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(NINE_DIGITS).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    /** To nine significant digits, for JSON: what lies beyond differs between processors, and means nothing. */
    public static double rounded(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).round(NINE_DIGITS).doubleValue()
                : value;
    }

    /** The same text in ASCII, for terminals that cannot show more. */
    public static String ascii(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> plain.append(asciiOf(codePoint)));
        return plain.toString();
    }

    private static String asciiOf(int codePoint) {
        return switch (codePoint) {
            case 'µ', 'μ' -> "u";
            case '×' -> "x";
            case '–', '—', '−', '─' -> "-";
            case '…' -> "...";
            case '≥' -> ">=";
            case '≤' -> "<=";
            case '±' -> "+/-";
            case '†' -> "*";
            case '·', '•' -> "|";
            case '“', '”' -> "\"";
            case '‘', '’' -> "'";
            default -> codePoint < 128 ? String.valueOf((char) codePoint) : "?";
        };
    }

    private static String scaled(double value, int step, String[] units) {
        if (!Double.isFinite(value)) {
            return ABSENT;
        }
        int unit = 0;
        double inUnit = value;
        // 999.7 rounds to 1000 and so belongs to the next unit already
        while (unit + 1 < units.length && Math.abs(roundedToThree(inUnit)) >= step) {
            inUnit /= step;
            unit++;
        }
        return significant(inUnit) + units[unit];
    }

    private static double roundedToThree(double value) {
        return value == 0 ? 0 : BigDecimal.valueOf(value).round(THREE_DIGITS).doubleValue();
    }

    /** {@code 37.9 k} and {@code 40.1 k} around {@code 39.1 k} as {@code [37.9, 40.1]}; if units differ, both are written. */
    public static String range(String value, String low, String high) {
        boolean shared = unit(value).equals(unit(low)) && unit(value).equals(unit(high));
        return shared ? "[" + number(low) + ", " + number(high) + "]" : "[" + low + ", " + high + "]";
    }

    private static String unit(String text) {
        return text.substring(number(text).length());
    }

    private static String number(String text) {
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Upper case for the first letter, under the root locale. */
    public static String capitalized(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
