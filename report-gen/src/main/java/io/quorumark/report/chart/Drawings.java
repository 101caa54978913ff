package io.quorumark.report.chart;

/**
 * One chart at both of its sizes. The wide drawing holds the shapes, and the narrow one points to them: a document must have both.
 *
 * @param wide for screens
 * @param narrow for telephones
 */
public record Drawings(String wide, String narrow) {}
