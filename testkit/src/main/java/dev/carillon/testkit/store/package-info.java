/** Contract kits: what every implementation of a store's port must pass. */
@NullMarked
package dev.carillon.testkit.store;

import org.jspecify.annotations.NullMarked;
