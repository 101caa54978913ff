/**
 * What this machine is and does: its fingerprint, its speed just now, and what a process uses of it. Reads {@code /proc} if there is
 * one.
 */
@NullMarked
package io.quorumark.campaign.host;

import org.jspecify.annotations.NullMarked;
