@NullMarked
package io.quorumark.endpoint.http;

import org.jspecify.annotations.NullMarked;
