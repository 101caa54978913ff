@NullMarked
package io.quorumark.app.trial;

import org.jspecify.annotations.NullMarked;
