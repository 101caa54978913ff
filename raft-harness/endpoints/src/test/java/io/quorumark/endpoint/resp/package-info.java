@NullMarked
package io.quorumark.endpoint.resp;

import org.jspecify.annotations.NullMarked;
