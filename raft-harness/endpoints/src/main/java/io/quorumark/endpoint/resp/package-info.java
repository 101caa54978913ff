/** The Redis protocol, versions 2 and 3: enough of it for its command line, its benchmark and ordinary clients. */
@NullMarked
package io.quorumark.endpoint.resp;

import org.jspecify.annotations.NullMarked;
