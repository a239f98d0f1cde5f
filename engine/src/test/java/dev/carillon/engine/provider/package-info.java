/** What requests of providers say. */
@NullMarked
package dev.carillon.engine.provider;

import org.jspecify.annotations.NullMarked;
