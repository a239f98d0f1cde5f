/** Reading what providers write as JSON. */
@NullMarked
package dev.carillon.channels.support.json;

import org.jspecify.annotations.NullMarked;
