package io.quorumark.campaign.engine;

import io.quorumark.campaign.support.LibraryLogging;
import io.quorumark.engine.EngineProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;

/**
 * Loads engines from outside. They see the JDK, the SPI and what they bring themselves, and none of the program's own libraries: an
 * engine may bring a library that the program has in another version.
 */
final class EngineClassLoader extends URLClassLoader {
    EngineClassLoader(URL[] jars) {
        super("engine-path", jars, new SpiClassLoader());
    }

    /** The JDK, and the packages that engines and the program share. */
    private static final class SpiClassLoader extends ClassLoader {
        /** Logging is shared so that {@link LibraryLogging} holds for engines from outside as well. */
        private static final Set<String> SHARED_PACKAGES = Set.of(
                "io.quorumark.engine",
                "io.quorumark.engine.support",
                "org.jspecify.annotations",
                "org.slf4j",
                "org.slf4j.event",
                "org.slf4j.helpers",
                "org.slf4j.spi");

        SpiClassLoader() {
            super("engine-spi", getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            int dot = name.lastIndexOf('.');
            if (dot > 0 && SHARED_PACKAGES.contains(name.substring(0, dot))) {
                return Class.forName(name, false, EngineProvider.class.getClassLoader());
            }
            throw new ClassNotFoundException(name);
        }
    }
}
