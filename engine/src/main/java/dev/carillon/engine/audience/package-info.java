/** Audiences under a name: saved segments, custom lists, and what uses them. */
@NullMarked
package dev.carillon.engine.audience;

import org.jspecify.annotations.NullMarked;
