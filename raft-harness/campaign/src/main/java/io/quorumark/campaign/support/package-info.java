/** What all packages of campaigns share: failures, bounded waiting, and JVMs that this one starts. Knows none of them. */
@NullMarked
package io.quorumark.campaign.support;

import org.jspecify.annotations.NullMarked;
