/** Where engines are found: on the class path and in jars from outside, each of those in a class loader of its own. */
@NullMarked
package io.quorumark.campaign.engine;

import org.jspecify.annotations.NullMarked;
