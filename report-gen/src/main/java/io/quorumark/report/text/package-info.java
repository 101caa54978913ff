/** Numbers and templates turned into text, the same under every locale. */
@NullMarked
package io.quorumark.report.text;

import org.jspecify.annotations.NullMarked;
