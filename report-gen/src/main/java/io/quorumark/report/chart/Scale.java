package io.quorumark.report.chart;

import java.util.ArrayList;
import java.util.List;

/** Maps values to pixels, and names the values worth a tick. */
interface Scale {

    double position(double value);

    List<Double> ticks();

    /** From zero to a round number above the largest value. */
    static Scale linearFromZero(double max, double from, double to) {
        return linear(0, max <= 0 ? 1 : max, from, to);
    }

    /** Over this domain, with some five ticks at 1, 2 or 5 times a power of ten. */
    static Scale linear(double min, double max, double from, double to) {
        double span = max > min ? max - min : 1;
        double step = roundStep(span / 5);
        double low = Math.floor(min / step + 1e-9) * step;
        double high = Math.ceil((min + span) / step - 1e-9) * step;
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; low + i * step <= high + step / 2; i++) {
            ticks.add(low + i * step);
        }
        return new Of(List.copyOf(ticks), low, high, from, to);
    }

    /** Logarithmic, with ticks at 1, 2 and 5 times powers of ten; if these would crowd, at powers of ten. */
    static Scale logarithmic(double min, double max, double from, double to) {
        double low = roundDown(min);
        double high = roundUp(Math.max(max, low * 1.01));
        boolean crowded = Math.log10(high / low) > 2.4;
        List<Double> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= Math.ceil(Math.log10(high)); exponent++) {
            for (int digit : crowded ? new int[] {1} : new int[] {1, 2, 5}) {
                double tick = digit * Math.pow(10, exponent);
                if (tick >= low * 0.999 && tick <= high * 1.001) {
                    ticks.add(tick);
                }
            }
        }
        Scale logs = new Of(List.copyOf(ticks), Math.log10(low), Math.log10(high), from, to);
        return new Mapped(logs, value -> Math.log10(Math.max(value, low)));
    }

    /** Percentiles by how many samples lie beyond: each further nine takes the same width. */
    static Scale percentile(List<Double> percentiles, double from, double to) {
        double low = percentiles.stream().mapToDouble(Scale::nines).min().orElse(0);
        double high = percentiles.stream().mapToDouble(Scale::nines).max().orElse(1);
        Scale nines = new Of(percentiles, low, high > low ? high : low + 1, from, to);
        return new Mapped(nines, Scale::nines);
    }

    private static double nines(double percentile) {
        return -Math.log10(1 - Math.min(percentile, 99.9999999) / 100);
    }

    private static double roundStep(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double digit = raw / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    private static double roundDown(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        double digit = value / power;
        return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
    }

    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        double digit = value / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    /** A straight line between two points. */
    record Of(List<Double> ticks, double low, double high, double from, double to) implements Scale {
        @Override
        public double position(double value) {
            return from + (value - low) / (high - low) * (to - from);
        }
    }

    /** Another scale over a function of the value. */
    record Mapped(Scale inner, java.util.function.DoubleUnaryOperator function) implements Scale {
        @Override
        public double position(double value) {
            return inner.position(function.applyAsDouble(value));
        }

        @Override
        public List<Double> ticks() {
            return inner.ticks();
        }
    }
}
