/** The account: settings, connections, and the installation. */
@NullMarked
package dev.carillon.engine.port.account;

import org.jspecify.annotations.NullMarked;
