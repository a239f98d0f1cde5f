/** All ports of a store together, for those who open one. */
@NullMarked
package dev.carillon.engine.port.store;

import org.jspecify.annotations.NullMarked;
