import { ImageProfileProps, ProfileConfidence } from '../image-profile';

/**
 * Sources: adoptium/containers at d8d18d6, 21/jre/ubuntu/jammy/Dockerfile (no user) and entrypoint.sh (needs a
 * writable TMPDIR); lotabout.me/2019/QQA-where-do-spring-boot-s-unpacked-jars-goes (folders in /tmp);
 * blog.51cto.com/u_15127648/2775578 (hsperfdata in /tmp). The deprecated image openjdk behaves alike.
 */
export const eclipseTemurin: ImageProfileProps = {
  images: ['docker.io/library/eclipse-temurin', 'docker.io/library/openjdk'],
  folders: [
    { path: '/tmp', why: "the JVM's hsperfdata, java.io.tmpdir (work folders of Tomcat and Spring Boot), a copy of the trust store" },
  ],
  confidence: ProfileConfidence.MEDIUM,
  note: 'The image has no user but root: choose a numeric one that may read your application. Give /tmp a size limit that suits the uploads and archives that your application unpacks.',
};
