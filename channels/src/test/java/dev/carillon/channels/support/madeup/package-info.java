/** A provider that is nobody's, made of what providers have in common. */
@NullMarked
package dev.carillon.channels.support.madeup;

import org.jspecify.annotations.NullMarked;
