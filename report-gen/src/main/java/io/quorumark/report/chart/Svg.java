package io.quorumark.report.chart;

import io.quorumark.report.text.Figures;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes one SVG drawing. Attributes come in pairs of name and value; numbers are rounded to a tenth of a pixel. */
final class Svg {

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** @param label its accessible name; an empty one hides it from assistive technology */
    Svg(ChartSize size, String label) {
        try {
            // the JDK's own writer, whatever else lies on the class path: the bytes must not depend on it
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("this JDK cannot write XML", e);
        }
        String viewBox = "0 0 " + size.width() + " " + size.height();
        String cssClass = "chart " + size.cssClass();
        if (label.isEmpty()) {
            open("svg", "class", cssClass, "viewBox", viewBox, "aria-hidden", "true");
        } else {
            open("svg", "class", cssClass, "viewBox", viewBox, "role", "img", "aria-label", label);
        }
    }

    Svg open(String element, Object... attributes) {
        return run(() -> {
            xml.writeStartElement(element);
            writeAttributes(attributes);
        });
    }

    Svg close() {
        return run(xml::writeEndElement);
    }

    Svg empty(String element, Object... attributes) {
        return run(() -> {
            xml.writeEmptyElement(element);
            writeAttributes(attributes);
        });
    }

    /** Nothing if there is nothing to write. */
    Svg text(String content, double x, double y, String cssClass) {
        if (content.isEmpty()) {
            return this;
        }
        return run(() -> {
            xml.writeStartElement("text");
            writeAttributes("x", x, "y", y, "class", cssClass);
            xml.writeCharacters(content);
            xml.writeEndElement();
        });
    }

    /**
     * A shape that was drawn before, at another place.
     *
     * @param id of the shape
     * @param cssClass for this place alone; empty for none
     * @param title shown on hover; empty for none
     */
    Svg use(String id, double x, double y, String cssClass, String title) {
        Object[] attributes = cssClass.isEmpty()
                ? new Object[] {"href", "#" + id, "x", x, "y", y}
                : new Object[] {"class", cssClass, "href", "#" + id, "x", x, "y", y};
        return title.isEmpty()
                ? empty("use", attributes)
                : open("use", attributes).title(title).close();
    }

    /** The same on the group's own line. */
    Svg use(String id, double x) {
        return empty("use", "href", "#" + id, "x", x);
    }

    /** A child that browsers show on hover and screen readers announce. */
    Svg title(String content) {
        return run(() -> {
            xml.writeStartElement("title");
            xml.writeCharacters(content);
            xml.writeEndElement();
        });
    }

    Svg line(double x1, double y1, double x2, double y2, String cssClass) {
        return empty("line", "x1", x1, "y1", y1, "x2", x2, "y2", y2, "class", cssClass);
    }

    Svg rect(double x, double y, double width, double height, String cssClass) {
        return empty("rect", "x", x, "y", y, "width", width, "height", height, "class", cssClass);
    }

    /** Closes the drawing. */
    String finish() {
        run(() -> {
            xml.writeEndDocument();
            xml.flush();
        });
        return text.toString();
    }

    /** A chart's id in a few letters, for the ids of its many shapes: {@code group-1-time} as {@code r1-t}. */
    static String initials(String id) {
        return id.replaceAll("([a-z])[a-z]*-?", "$1");
    }

    static String number(double value) {
        return Figures.fixed(value, 1);
    }

    private void writeAttributes(Object... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            xml.writeAttribute(
                    (String) attributes[i], value instanceof Number n ? number(n.doubleValue()) : value.toString());
        }
    }

    private Svg run(Step step) {
        try {
            step.run();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("SVG elements do not nest", e);
        }
    }

    private interface Step {
        void run() throws XMLStreamException;
    }
}
