/** Campaigns, their runs and the chunks that are sent. */
@NullMarked
package dev.carillon.engine.port.campaign;

import org.jspecify.annotations.NullMarked;
