@NullMarked
package io.quorumark.door.resp;

import org.jspecify.annotations.NullMarked;
