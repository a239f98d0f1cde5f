/** Personalisation: Liquid texts filled with a person's properties, within bounds. */
@NullMarked
package dev.carillon.channels.liquid;

import org.jspecify.annotations.NullMarked;
