package dev.carillon.testkit.sending;

import dev.carillon.core.channel.MessageContent;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.SendResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One life of a process that ends at a random step: from then on nothing that it does reaches a
 * store or the provider, as if the machine had lost its power there. Thread-safe.
 */
final class Crashes {
  private final Random random;
  private int stepsLeft;
  private int underWay;

  /**
   * @param steps how many steps the life lasts
   */
  Crashes(int steps, Random random) {
    this.stepsLeft = steps;
    this.random = random;
  }

  synchronized boolean dead() {
    return stepsLeft <= 0;
  }

  /** Takes a step; throws when the process does not live to see it. */
  synchronized void step() {
    if (stepsLeft <= 0) {
      throw new StoreUnavailableException("this process is dead");
    }
    stepsLeft--;
  }

  /** Takes a step into something that is finished even when it was the last. */
  private synchronized void enter() {
    step();
    underWay++;
  }

  private synchronized void leave() {
    underWay--;
    notifyAll();
  }

  /** Waits until whatever the process began while it lived is finished. */
  synchronized void awaitEnd() throws InterruptedException {
    while (underWay > 0) {
      wait();
    }
  }

  private synchronized boolean fails(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  /** A journal that now and then cannot keep anything, and that the process may die in. */
  EntryJournal journal(EntryJournal real) {
    return entries -> {
      enter();
      try {
        if (fails(15)) {
          throw new StoreUnavailableException("no room for a moment");
        }
        keep(real, entries);
      } finally {
        leave();
      }
      step();
    };
  }

  private static void keep(EntryJournal real, List<Entry> entries) {
    real.append(entries);
  }

  /** The store of campaigns as this process reaches it. */
  SendingStore campaigns(SendingStore real) {
    return (SendingStore)
        Proxy.newProxyInstance(
            SendingStore.class.getClassLoader(),
            new Class<?>[] {SendingStore.class},
            (_, method, arguments) -> call(real, method, arguments));
  }

  private Object call(SendingStore real, Method method, Object @Nullable [] arguments)
      throws Throwable {
    enter();
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    } finally {
      leave();
    }
  }

  /** The providers as this process reaches them. */
  Connections connections(Connections real) {
    return id ->
        real.connection(id)
            .map(known -> new Connected(known.connection(), mortal(known.provider())));
  }

  private Provider mortal(Provider real) {
    return (Provider)
        Proxy.newProxyInstance(
            Provider.class.getClassLoader(),
            new Class<?>[] {Provider.class},
            (_, method, arguments) ->
                method.getName().equals("open")
                    ? new MortalSender(real.open((Connection) arguments[0]))
                    : method.invoke(real, arguments));
  }

  private final class MortalSender implements Provider.Sender {
    private final Provider.Sender real;

    private MortalSender(Provider.Sender real) {
      this.real = real;
    }

    @Override
    public Provider.Prepared prepare(MessageContent what, String address, String properties)
        throws PersonalisationException {
      return real.prepare(what, address, properties);
    }

    @Override
    public SendResult send(Provider.Prepared message, String reference) {
      step();
      SendResult result = real.send(message, reference);
      step();
      return result;
    }

    @Override
    public List<SendResult> sendMany(List<Provider.Referenced> messages) {
      step();
      List<SendResult> results = real.sendMany(messages);
      step();
      return results;
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
