package io.quorumark.workload.model;

import io.quorumark.workload.OperationClass;
import io.quorumark.workload.WorkloadSpec;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/** Draws operation classes in the shares of a spec. */
public final class Mix {
    private final OperationClass[] classes;
    private final double[] cumulative;

    public Mix(WorkloadSpec spec) {
        List<String> names = spec.model().operationClasses();
        classes = new OperationClass[names.size()];
        cumulative = new double[names.size()];
        double sum = 0;
        int last = 0;
        for (int i = 0; i < classes.length; i++) {
            classes[i] = new OperationClass(i, names.get(i));
            sum += spec.share(names.get(i));
            cumulative[i] = sum;
            last = spec.share(names.get(i)) > 0 ? i : last;
        }
        // Shares may sum to a little less than 1: what is left belongs to the last class that has a share at all.
        for (int i = last; i < cumulative.length; i++) {
            cumulative[i] = 1;
        }
    }

    public OperationClass of(int index) {
        return classes[index];
    }

    public int sample(UniformRandomProvider random) {
        double u = random.nextDouble();
        int index = 0;
        while (u >= cumulative[index]) {
            index++;
        }
        return index;
    }
}
