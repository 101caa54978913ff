package io.quorumark.campaign.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.host.ProcessUsage;
import io.quorumark.raft.message.JvmUse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostMeterTest {
    private static final long MANY = 1L << 40;

    @TempDir
    Path folder;

    @Test
    void what_the_members_jvms_used_is_added_to_the_drivers() {
        CostMeter meter = CostMeter.alone(
                new IdleDeployment() {
                    private long asked;

                    @Override
                    public JvmUse memberJvms() {
                        asked++;
                        return new JvmUse(asked * MANY, asked * MANY, asked * MANY, asked * MANY);
                    }
                },
                new ThreadRoles(List.of()),
                folder);
        ProcessUsage before = meter.windowBegins();
        JvmUse used = meter.windowEnds().since(before).jvm();

        assertThat(used.allocatedBytes()).isGreaterThanOrEqualTo(MANY);
        assertThat(used.gcMillis()).isGreaterThanOrEqualTo(MANY);
        assertThat(used.gcCount()).isGreaterThanOrEqualTo(MANY);
        assertThat(used.compilationMillis()).isGreaterThanOrEqualTo(MANY);
    }
}
