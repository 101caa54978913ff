@NullMarked
package org.example.tiny;

import org.jspecify.annotations.NullMarked;
