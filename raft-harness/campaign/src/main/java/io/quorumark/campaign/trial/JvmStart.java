package io.quorumark.campaign.trial;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import io.quorumark.results.model.Trial.StartedJvm;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** What this JVM says it was started with. */
final class JvmStart {
    /** Folders of this trial alone. */
    private static final List<String> OWN_FOLDERS = List.of("-Djava.io.tmpdir=", "-Dlmdbjava.extract.dir=");

    private static final Pattern FLAG = Pattern.compile("-XX:([-+]?)(\\w+)(?:=(\\S*))?");

    private JvmStart() {}

    static StartedJvm ofThisProcess() {
        List<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> OWN_FOLDERS.stream().noneMatch(argument::startsWith))
                .toList();
        HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        Map<String, String> changed = new TreeMap<>();
        Matcher flags = FLAG.matcher(changedFlags());
        while (flags.find()) {
            changed.put(flags.group(2), value(hotSpot, flags));
        }
        return new StartedJvm(arguments, changed);
    }

    private static String value(HotSpotDiagnosticMXBean hotSpot, Matcher flag) {
        try {
            VMOption option = hotSpot.getVMOption(flag.group(2));
            return option.getValue() + " (" + origin(option) + ")";
        } catch (IllegalArgumentException hidden) {
            // a diagnostic or experimental flag: the list shows it, and nothing tells who set it
            String written = flag.group(3) != null
                    ? flag.group(3)
                    : String.valueOf(flag.group(1).equals("+"));
            return written + " (origin not told)";
        }
    }

    /** The JVM's list of flags whose value is not the default, on one line. */
    private static String changedFlags() {
        try {
            return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmFlags",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()}));
        } catch (JMException e) {
            throw new IllegalStateException("this JVM does not list its flags: " + e.getMessage(), e);
        }
    }

    private static String origin(VMOption option) {
        return switch (option.getOrigin()) {
            case VM_CREATION -> "command line";
            case ENVIRON_VAR -> "environment";
            default -> option.getOrigin().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }
}
