/** Defaults and names of the settings. */
@NullMarked
package dev.carillon.server.settings;

import org.jspecify.annotations.NullMarked;
