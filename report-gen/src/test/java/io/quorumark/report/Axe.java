package io.quorumark.report;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The accessibility checker axe-core, run inside an opened page. Playwright's evaluation is not bound by the page's policy. */
final class Axe {
    private static final String RESOURCE = "/axe.min.js";

    private final String script;

    private Axe(String script) {
        this.script = script;
    }

    static Axe load() throws IOException {
        try (InputStream stream = Axe.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IOException("the class path lacks " + RESOURCE);
            }
            return new Axe(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** What it finds: rule, impact and the elements. */
    List<String> violations(Page page) {
        page.evaluate(script);
        Object found = page.evaluate("""
                () => axe.run().then(result => result.violations.map(each =>
                  each.id + ' (' + each.impact + '): ' + each.nodes.map(node => node.target.join(' ')).join(', ')))""");
        return found instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of("no answer: " + found);
    }
}
