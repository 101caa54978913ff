package io.quorumark.workload.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Reads numbers as people do, and refuses the rest of what YAML takes for one: {@code 0200} is 128 to YAML, {@code 0x10} is 16,
 * {@code .inf} has no end. Underscores may separate groups of three digits. Only what is read as a number is looked at: if a text is
 * wanted, {@code 0644} stays the text it is.
 */
final class DecimalNumbers extends JsonParserDelegate {
    private static final String DIGITS = "(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:_[0-9]{3})+)";
    private static final Pattern DECIMAL = Pattern.compile("[-+]?" + DIGITS + "(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?");

    DecimalNumbers(JsonParser parser) {
        super(parser);
    }

    private void check() throws IOException {
        String written = getText();
        if (currentToken().isNumeric() && !DECIMAL.matcher(written).matches()) {
            throw new InvalidValue(
                    "", written, "a number in decimal digits without leading zeros, such as 200 or 1_000");
        }
    }

    @Override
    public int getIntValue() throws IOException {
        check();
        return super.getIntValue();
    }

    @Override
    public long getLongValue() throws IOException {
        check();
        return super.getLongValue();
    }

    @Override
    public short getShortValue() throws IOException {
        check();
        return super.getShortValue();
    }

    @Override
    public byte getByteValue() throws IOException {
        check();
        return super.getByteValue();
    }

    @Override
    public BigInteger getBigIntegerValue() throws IOException {
        check();
        return super.getBigIntegerValue();
    }

    @Override
    public float getFloatValue() throws IOException {
        return (float) getDoubleValue();
    }

    @Override
    public double getDoubleValue() throws IOException {
        check();
        double value = super.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw new InvalidValue("", getText(), "a number up to " + Double.MAX_VALUE);
        }
        return value;
    }

    @Override
    public BigDecimal getDecimalValue() throws IOException {
        check();
        return super.getDecimalValue();
    }

    /** Asked for by those too who want a text, or refuse fractions, and then say what they found. */
    @Override
    public Number getNumberValue() throws IOException {
        String written = getText();
        if (currentToken() != JsonToken.VALUE_NUMBER_FLOAT
                || DECIMAL.matcher(written).matches()) {
            return super.getNumberValue();
        }
        return written.endsWith("f") || written.endsWith("F") ? Double.POSITIVE_INFINITY : Double.NaN;
    }

    @Override
    public NumberType getNumberType() throws IOException {
        check();
        return super.getNumberType();
    }
}
