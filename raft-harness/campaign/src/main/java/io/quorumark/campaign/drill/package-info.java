/** Times what a group does when members fail, join and leave. */
@NullMarked
package io.quorumark.campaign.drill;

import org.jspecify.annotations.NullMarked;
