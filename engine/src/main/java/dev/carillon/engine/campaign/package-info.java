/** The life of a campaign: written, launched, scheduled, planned, paused, resumed, stopped. */
@NullMarked
package dev.carillon.engine.campaign;

import org.jspecify.annotations.NullMarked;
