package dev.carillon.server.wiring;

import dev.carillon.server.connector.ConnectionValve;
import dev.carillon.server.connector.GracefulEnd;
import dev.carillon.server.connector.TimedProtocol;
import dev.carillon.server.settings.RequestSettings;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The connector that requests come in by: their time, their number, and their end. */
@Configuration(proxyBeanMethods = false)
class ConnectorWiring {
  private static final String MOST_CONNECTIONS = "server.tomcat.max-connections";
  private static final int USUAL_CONNECTIONS = 8_192;

  /** A connection's buffers take some 56 KiB of heap, so that all take under a quarter. */
  private static final long HEAP_OF_CONNECTION = 256 * 1024;

  @Bean
  GracefulEnd gracefulEnd() {
    return new GracefulEnd();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> timedConnector(
      RequestSettings settings, GracefulEnd end, Environment environment) {
    return factory -> {
      factory.setProtocol(TimedProtocol.class.getName());
      factory.addContextValves(new ConnectionValve(end));
      factory.addConnectorCustomizers(
          connector -> {
            if (connector.getProtocolHandler() instanceof TimedProtocol protocol) {
              protocol.setPace(settings.pace());
              if (!environment.containsProperty(MOST_CONNECTIONS)) {
                protocol.setMaxConnections(mostConnections());
              }
              end.watch(protocol);
            }
          });
    };
  }

  private static int mostConnections() {
    return (int) Math.min(USUAL_CONNECTIONS, Runtime.getRuntime().maxMemory() / HEAP_OF_CONNECTION);
  }
}
