/** Running a campaign: trials in fresh JVMs, in balanced blocks, with progress, and resumable at any moment. */
@NullMarked
package io.quorumark.app.campaign;

import org.jspecify.annotations.NullMarked;
