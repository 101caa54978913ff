@NullMarked
package io.quorumark.door.http;

import org.jspecify.annotations.NullMarked;
