@NullMarked
package io.quorumark.door;

import org.jspecify.annotations.NullMarked;
