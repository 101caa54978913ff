@NullMarked
package io.quorumark.endpoint;

import org.jspecify.annotations.NullMarked;
