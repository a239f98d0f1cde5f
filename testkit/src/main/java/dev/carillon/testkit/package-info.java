/** Contract kits and fixtures that every implementation of a port is tested with. */
@NullMarked
package dev.carillon.testkit;

import org.jspecify.annotations.NullMarked;
