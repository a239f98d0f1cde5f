package dev.carillon.server.pages.frame;

import dev.carillon.engine.dispatch.SendProgress;
import java.util.Optional;

/** How far the sending of campaigns has come on this node. */
public interface SendingProgress {

  /** Empty when the campaign is not being sent here. */
  Optional<SendProgress> of(int campaign);
}
