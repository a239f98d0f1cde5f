package dev.carillon.engine.port.work;

import java.util.List;

/** Which connections campaigns send nothing through, so that every sender knows. */
public interface HeldConnectionStore {

  /** Notes that a campaign's connection is held; when it is already, what was noted first stays. */
  void holdConnection(HeldConnection held);

  /** The connections of a campaign that are held, by id. */
  List<HeldConnection> heldConnections(int campaign);

  /** Lets a campaign send through a connection again; nothing happens when it is not held. */
  void freeConnection(int campaign, int connection);
}
