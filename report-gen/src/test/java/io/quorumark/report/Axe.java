package io.quorumark.report;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

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
    List<String> violations(Page page, Scope scope) {
        page.evaluate(script);
        Object found = page.evaluate("""
                scope => {
                  axe.configure({noHtml: true});
                  const context = scope.excluded === '' ? document : {exclude: [[scope.excluded]]};
                  const only = scope.only === '' ? {} : {runOnly: {type: 'rule', values: scope.only.split(' ')}};
                  return axe.run(context, {...only, resultTypes: ['violations']})
                    .then(result => result.violations.map(each => each.id + ' (' + each.impact + '): '
                      + each.nodes.map(node => node.target.join(' ')).join(', ')));
                }""", Map.of("only", scope.only, "excluded", scope.excluded));
        return found instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of("no answer: " + found);
    }

    /** What is asked of which elements. */
    enum Scope {
        /** All rules that are on by default, of all elements. */
        EVERYTHING("", ""),
        /** The same, of tables in the first rows: those below are made and look alike. */
        FIRST_ROWS("", Scope.LATER_ROWS),
        /** The rules whose answers depend on colours, in the first rows. */
        COLOURS(Scope.COLOUR_RULES, Scope.LATER_ROWS);

        private static final String COLOUR_RULES = "color-contrast link-in-text-block";
        private static final String LATER_ROWS = "tbody tr:nth-child(n + 4)";

        private final String only;
        private final String excluded;

        Scope(String only, String excluded) {
            this.only = only;
            this.excluded = excluded;
        }
    }
}
