/** Texts with Liquid, strictly: nothing is filled in silently. */
@NullMarked
package dev.carillon.channels.support.liquid;

import org.jspecify.annotations.NullMarked;
