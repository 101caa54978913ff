package io.quorumark.campaign.trial;

import io.quorumark.campaign.host.BlockDevice;
import io.quorumark.campaign.host.CountersFile;
import io.quorumark.campaign.host.CpuTicks;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the kernel counts of this machine and of the device under the engines, kept open to be read many times a second. For one thread. */
final class MachineCounters implements Closeable {
    private final @Nullable CountersFile stat;
    private final @Nullable CountersFile device;

    MachineCounters(Optional<BlockDevice> device) throws IOException {
        this.stat = CpuTicks.openCounters().orElse(null);
        this.device = device.isPresent() ? device.get().openCounters() : null;
    }

    CpuTicks ticks() throws IOException {
        return stat == null ? new CpuTicks(0, 0, 0) : CpuTicks.of(stat);
    }

    double deviceMillis() throws IOException {
        return device == null ? 0 : BlockDevice.busyMillis(device);
    }

    @Override
    public void close() throws IOException {
        if (stat != null) {
            stat.close();
        }
        if (device != null) {
            device.close();
        }
    }
}
