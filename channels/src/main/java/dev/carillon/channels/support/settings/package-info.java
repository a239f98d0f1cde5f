/** Settings of connections: what may be in them, what they mean, and what is wrong with them. */
@NullMarked
package dev.carillon.channels.support.settings;

import org.jspecify.annotations.NullMarked;
