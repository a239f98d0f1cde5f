/** WhatsApp's contents: approved templates and what fills them. */
@NullMarked
package dev.carillon.engine.definition.channel.whatsapp;

import org.jspecify.annotations.NullMarked;
