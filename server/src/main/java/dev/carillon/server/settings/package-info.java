/** The settings of an installation. */
@NullMarked
package dev.carillon.server.settings;

import org.jspecify.annotations.NullMarked;
