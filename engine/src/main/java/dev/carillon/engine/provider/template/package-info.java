/** Providers whose messages are templates or texts that can be looked at. */
@NullMarked
package dev.carillon.engine.provider.template;

import org.jspecify.annotations.NullMarked;
