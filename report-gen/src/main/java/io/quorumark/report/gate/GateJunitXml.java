package io.quorumark.report.gate;

import io.quorumark.report.text.BandText;
import io.quorumark.results.ExitCode;
import io.quorumark.results.cell.UnmeasuredCell;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.text.Plural;
import io.quorumark.results.text.Sentences;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A gate as JUnit XML, for CI systems that show tests: one test case a cell, and one for the gate as a whole. A regression fails its case;
 * an inconclusive or waived one is skipped, and so is a planned cell that was not measured; whatever else stops the gate fails the case
 * {@code gate}.
 */
public final class GateJunitXml {

    private GateJunitXml() {}

    /** The whole document. The same result gives the same text. */
    public static String render(GateResult gate) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            write(gate, xml);
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("JUnit elements do not nest", e);
        }
        return text.append('\n').toString();
    }

    private static void write(GateResult gate, XMLStreamWriter xml) throws XMLStreamException {
        long regressions = gate.cells().stream().filter(GateCell::isRegression).count();
        long skipped = gate.cells().stream()
                .filter(cell ->
                        cell.verdict() == Verdict.INCONCLUSIVE || cell.waiver().isPresent())
                .count();
        int notMeasured = gate.notMeasured().size();
        boolean broken = !gate.passed() && gate.exitCode() != ExitCode.REGRESSION;
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute(xml, "name", "quorumark gate " + gate.baseCampaignId() + " to " + gate.headCampaignId());
        attribute(xml, "tests", String.valueOf(gate.cells().size() + notMeasured + 1));
        attribute(xml, "failures", String.valueOf(regressions + (broken ? 1 : 0)));
        attribute(xml, "errors", "0");
        attribute(xml, "skipped", String.valueOf(skipped + notMeasured));
        attribute(xml, "time", "0");
        for (GateCell cell : gate.cells()) {
            writeCell(cell, xml);
        }
        for (UnmeasuredCell unmeasured : gate.notMeasured()) {
            startCase(xml, unmeasured.cell());
            message(xml, "skipped", "Not measured: " + unmeasured.reason());
            xml.writeEndElement();
        }
        startCase(xml, "quorumark", "gate");
        if (broken) {
            message(xml, "failure", GateMarkdown.words(gate.exitCode().name()) + ": " + Sentences.join(problems(gate)));
        } else if (!problems(gate).isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(legal(String.join("\n", problems(gate))));
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static List<String> problems(GateResult gate) {
        List<String> problems = new ArrayList<>(gate.problems());
        gate.notMeasured().forEach(unmeasured -> problems.add(unmeasured.sentence()));
        return problems;
    }

    private static void writeCell(GateCell cell, XMLStreamWriter xml) throws XMLStreamException {
        startCase(xml, cell.cell());
        String figures = cell.judgedBy().words() + " " + GateMarkdown.level(cell, cell.base()) + " in base, "
                + GateMarkdown.level(cell, cell.head()) + " in head, " + GateMarkdown.judged(cell) + " as good over "
                + Plural.of(cell.primary().blocks(), "block") + ", "
                + BandText.of(cell.band());
        if (cell.waiver().isPresent()) {
            message(xml, "skipped", "Regression, " + cell.waiver().get().sentence() + ": " + figures);
        } else if (cell.isRegression()) {
            message(xml, "failure", "Regression: " + figures);
        } else if (cell.verdict() == Verdict.INCONCLUSIVE) {
            message(xml, "skipped", "Inconclusive: " + figures);
        }
        xml.writeEndElement();
    }

    private static void startCase(XMLStreamWriter xml, Cell cell) throws XMLStreamException {
        startCase(xml, "quorumark." + cell.workload(), cell.engineName() + " [" + cell.id() + "]");
    }

    private static void startCase(XMLStreamWriter xml, String className, String name) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", className);
        attribute(xml, "name", name);
        attribute(xml, "time", "0");
    }

    private static void message(XMLStreamWriter xml, String element, String message) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute(xml, "message", message);
        if (element.equals("failure")) {
            attribute(xml, "type", "quorumark");
        }
        xml.writeEndElement();
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    /** XML 1.0 has no way to write most control characters, escaped or not. */
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "?");
    }
}
