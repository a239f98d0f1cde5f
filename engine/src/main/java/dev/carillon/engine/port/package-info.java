/** The ports: what the flows need from stores, providers and the clock. */
@NullMarked
package dev.carillon.engine.port;

import org.jspecify.annotations.NullMarked;
