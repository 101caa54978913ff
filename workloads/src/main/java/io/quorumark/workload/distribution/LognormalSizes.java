package io.quorumark.workload.distribution;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Lognormal lengths, rounded, and cut to a range: most values near the median, a few far longer. */
public final class LognormalSizes implements SizeSampler {
    private final double logMedian;
    private final double sigma;
    private final int minBytes;
    private final int maxBytes;
    private final NormalizedGaussianSampler gaussian;

    public LognormalSizes(int medianBytes, double sigma, int minBytes, int maxBytes, UniformRandomProvider random) {
        this.logMedian = StrictMath.log(medianBytes);
        this.sigma = sigma;
        this.minBytes = minBytes;
        this.maxBytes = maxBytes;
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    }

    @Override
    public int sample() {
        double bytes = StrictMath.exp(logMedian + sigma * gaussian.sample());
        return (int) Math.max(minBytes, Math.min(maxBytes, Math.round(bytes)));
    }
}
